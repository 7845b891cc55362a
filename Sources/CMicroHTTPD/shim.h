#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>

typedef gnutls_certificate_retrieve_function3 *martlet_tls_choice;

// What an instance is started with; Swift imports no variadic functions.
struct martlet_mhd_options {
    int listen_socket;
    unsigned connections;
    unsigned idle_seconds;
    size_t connection_memory;
    // Gives a handshake its certificate; NULL for plain HTTP.
    martlet_tls_choice certificate;
    void *context;
    MHD_AcceptPolicyCallback admit;
    MHD_AccessHandlerCallback access;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
    void *(*target)(void *context, const char *uri, struct MHD_Connection *connection);
};

// Paths and queries are taken apart by Martlet, which must see them as they were sent.
static inline size_t martlet_mhd_keep(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

static inline struct MHD_Daemon *martlet_mhd_start(const struct martlet_mhd_options *options) {
    // No threads of the library: see Poller.
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, (void *)options->certificate},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    int secure = options->certificate != NULL;
    if (secure) flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, options->admit, options->context, options->access, options->context,
        MHD_OPTION_LISTEN_SOCKET, options->listen_socket,
        MHD_OPTION_CONNECTION_LIMIT, options->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, martlet_mhd_keep, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, options->target, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->completed, options->context,
        MHD_OPTION_NOTIFY_CONNECTION, options->connection, options->context,
        MHD_OPTION_ARRAY, secure ? tls : none,
        MHD_OPTION_END);
}

// Names the thread that calls, and does what MHD_OPTION_SIGPIPE_HANDLED_BY_APP promises.
static inline void martlet_mhd_prepare_thread(void) {
    sigset_t signals;
    prctl(PR_SET_NAME, "martlet-http");
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

// A descriptor that other threads make readable; -1 when there are no more.
static inline int martlet_signal_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline void martlet_signal_raise(int signal) { eventfd_write(signal, 1); }

// Waits until the instance or the signal has something, or the instance must look at its time limits. The signal is
// cleared, so the caller looks at what it stands for afterwards.
static inline void martlet_mhd_wait(struct MHD_Daemon *daemon, int signal) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd polled[] = {{info == NULL ? -1 : info->epoll_fd, POLLIN, 0}, {signal, POLLIN, 0}};
    MHD_UNSIGNED_LONG_LONG left;
    int limit = MHD_get_timeout(daemon, &left) == MHD_NO ? -1 : left > INT_MAX ? INT_MAX : (int)left;
    eventfd_t count;
    if (poll(polled, 2, limit) > 0 && polled[1].revents != 0) eventfd_read(signal, &count);
}

// An address without port and zone; IPv4 as IPv6 maps it.
struct martlet_address {
    uint64_t high;
    uint64_t low;
};

static inline struct martlet_address martlet_address_of(const struct sockaddr *address) {
    unsigned char bytes[16] = {[10] = 0xFF, [11] = 0xFF};
    struct martlet_address result;
    if (address->sa_family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
    } else if (address->sa_family == AF_INET) {
        memcpy(bytes + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
    }
    memcpy(&result, bytes, sizeof(result));
    return result;
}

static inline void *martlet_mhd_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static inline int martlet_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

// A certificate with its chain, and its key, as GnuTLS takes them. Never changed once it is read.
struct martlet_tls_pair {
    gnutls_pcert_st chain[16];
    unsigned count;
    gnutls_privkey_t key;
};

static inline void martlet_tls_free(struct martlet_tls_pair *pair) {
    for (unsigned index = 0; index < pair->count; index++) gnutls_pcert_deinit(&pair->chain[index]);
    if (pair->key != NULL) gnutls_privkey_deinit(pair->key);
    free(pair);
}

// Reads two texts in PEM that must belong together; NULL and GnuTLS's code where they are none.
static inline struct martlet_tls_pair *martlet_tls_read(const char *certificate, const char *key, int *code) {
    gnutls_datum_t chain = {(unsigned char *)certificate, (unsigned)strlen(certificate)};
    gnutls_datum_t secret = {(unsigned char *)key, (unsigned)strlen(key)};
    gnutls_certificate_credentials_t trial;
    *code = gnutls_certificate_allocate_credentials(&trial);
    if (*code < 0) return NULL;
    // A callback's pair is not looked at before a handshake fails; this looks.
    *code = gnutls_certificate_set_x509_key_mem(trial, &chain, &secret, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(trial);
    if (*code < 0) return NULL;
    struct martlet_tls_pair *pair = calloc(1, sizeof(*pair));
    unsigned count = sizeof(pair->chain) / sizeof(pair->chain[0]);
    *code = GNUTLS_E_MEMORY_ERROR;
    if (pair == NULL) return NULL;
    *code = gnutls_pcert_list_import_x509_raw(
        pair->chain, &count, &chain, GNUTLS_X509_FMT_PEM, GNUTLS_X509_CRT_LIST_SORT);
    if (*code >= 0) {
        pair->count = count;
        *code = gnutls_privkey_init(&pair->key);
    }
    if (*code >= 0) *code = gnutls_privkey_import_x509_raw(pair->key, &secret, GNUTLS_X509_FMT_PEM, NULL, 0);
    if (*code >= 0) return pair;
    martlet_tls_free(pair);
    return NULL;
}

static inline gnutls_pcert_st *martlet_tls_chain(struct martlet_tls_pair *pair) { return pair->chain; }

// libmicrohttpd keeps its connection with the session.
static inline void *martlet_tls_socket_context(gnutls_session_t session) {
    struct MHD_Connection *connection = gnutls_session_get_ptr(session);
    return connection == NULL ? NULL : martlet_mhd_socket_context(connection);
}

// The client's numeric address without a zone; nothing is written where there is none.
static inline void martlet_mhd_client_address(struct MHD_Connection *connection, char *text, size_t size) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    text[0] = 0;
    if (info == NULL || info->client_addr == NULL) return;
    socklen_t length =
        info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (getnameinfo(info->client_addr, length, text, (socklen_t)size, NULL, 0, NI_NUMERICHOST) != 0) text[0] = 0;
}

static inline ssize_t martlet_mhd_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t martlet_mhd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

static inline int martlet_mhd_is_start(enum MHD_ConnectionNotificationCode code) {
    return code == MHD_CONNECTION_NOTIFY_STARTED;
}

static inline void martlet_mhd_each_header(
    struct MHD_Connection *connection, MHD_KeyValueIteratorN visit, void *context) {
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, visit, context);
}

// Whoever reads from or writes to the socket is told that it has ended; the socket stays open.
static inline void martlet_end_socket(int descriptor) { shutdown(descriptor, SHUT_RDWR); }
