// relay: the floor of every comparison. Receives messages and sends them on unread, on one thread,
// in plain C on libzmq, and does nothing else.
//
//   relay <sub|pull> <endpoint to bind the door> <endpoint to bind the feed> <one in how many to send on>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static const int high_water_mark = 100000;

static void *bound(void *context, int kind, const char *endpoint) {
    void *socket = zmq_socket(context, kind);
    if (!socket) return NULL;
    zmq_setsockopt(socket, ZMQ_RCVHWM, &high_water_mark, sizeof high_water_mark);
    zmq_setsockopt(socket, ZMQ_SNDHWM, &high_water_mark, sizeof high_water_mark);
    if (kind == ZMQ_SUB) zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0);
    return zmq_bind(socket, endpoint) == 0 ? socket : NULL;
}

// Ends only with an error, in errno.
static void forward(void *door, void *feed, long share) {
    zmq_msg_t part;
    zmq_msg_init(&part);
    long count = 0;
    for (;;) {
        if (zmq_msg_recv(&part, door, 0) < 0) {
            if (errno == EINTR) continue;
            return;
        }
        int more = zmq_msg_more(&part) ? ZMQ_SNDMORE : 0;
        int is_due = count % share == 0;
        if (!more) count++;
        if (!is_due) continue;
        while (zmq_msg_send(&part, feed, more) < 0) {
            if (errno != EINTR) return;
        }
    }
}

int main(int count, char **arguments) {
    long share = count == 5 ? atol(arguments[4]) : 0;
    if (share < 1) {
        fprintf(stderr, "usage: relay <sub|pull> <door> <feed> <one in how many to send on>\n");
        return 64;
    }
    void *context = zmq_ctx_new();
    int kind = strcmp(arguments[1], "pull") == 0 ? ZMQ_PULL : ZMQ_SUB;
    void *door = bound(context, kind, arguments[2]);
    void *feed = door ? bound(context, ZMQ_PUB, arguments[3]) : NULL;
    if (feed) forward(door, feed, share);
    fprintf(stderr, "relay: %s\n", zmq_strerror(errno));
    return 74;
}
