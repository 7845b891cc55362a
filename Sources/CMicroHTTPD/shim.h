#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

// What an instance is started with; Swift imports no variadic functions.
struct martlet_mhd_options {
    int listen_socket;
    unsigned connections;
    unsigned idle_seconds;
    size_t connection_memory;
    // PEM; NULL for plain HTTP.
    const char *certificate;
    const char *key;
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
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->certificate},
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
