#include <curl/curl.h>

// libcurl's option functions are variadic and macros on top, which Swift does not import: one typed function a kind of value.

static inline CURLcode martlet_curl_set_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode martlet_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode martlet_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode martlet_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode martlet_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(handle, option, value);
}

typedef size_t (*martlet_curl_data_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode martlet_curl_set_data_function(
    CURL *handle, CURLoption option, martlet_curl_data_function function) {
    return (curl_easy_setopt)(handle, option, function);
}

typedef curl_socket_t (*martlet_curl_socket_function)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode martlet_curl_set_socket_function(CURL *handle, martlet_curl_socket_function function) {
    return (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

static inline CURLcode martlet_curl_get_long(CURL *handle, CURLINFO information, long *value) {
    return (curl_easy_getinfo)(handle, information, value);
}

static inline CURLMcode martlet_curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return (curl_multi_setopt)(handle, option, value);
}

// The message's data is a union in C.
static inline CURLcode martlet_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

static inline curl_socket_t martlet_curl_bad_socket(void) {
    return CURL_SOCKET_BAD;
}

static inline CURLcode martlet_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
