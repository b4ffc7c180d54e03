/* Prints what Tocsin's feed says: tasks, or whatever begins with the topic.
 *
 *   gcc -O2 subscribe.c -o subscribe -lzmq
 *   ./subscribe [tcp://127.0.0.1:5560] [task/v1/json/]
 */
#include <stdio.h>
#include <string.h>
#include <zmq.h>

int main(int count, char **words) {
    const char *address = count > 1 ? words[1] : "tcp://127.0.0.1:5560";
    const char *topic = count > 2 ? words[2] : "task/v1/json/";
    void *socket = zmq_socket(zmq_ctx_new(), ZMQ_SUB);
    if (zmq_connect(socket, address) != 0) return perror(address), 1;
    zmq_setsockopt(socket, ZMQ_SUBSCRIBE, topic, strlen(topic));
    char frame[16 * 1024 + 1]; /* a task is at most 16 KiB */
    for (int part = 0, more = 0;; part = more ? part + 1 : 0) {
        size_t size = sizeof more;
        int length = zmq_recv(socket, frame, sizeof frame, 0);
        if (length < 0 || zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) != 0) return 1;
        if (length > (int)sizeof frame) length = sizeof frame;
        if (part < 2) printf("%.*s ", length, frame); /* topic and body; the third is the sequence */
        if (!more) printf("\n"), fflush(stdout);
    }
}
