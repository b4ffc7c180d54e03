/* Publishes one alert a second to Tocsin.
 *
 *   gcc -O2 publish.c -o publish -lzmq
 *   ./publish [tcp://127.0.0.1:5551] [demo/c-1]
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

int main(int count, char **words) {
    const char *address = count > 1 ? words[1] : "tcp://127.0.0.1:5551";
    const char *source = count > 2 ? words[2] : "demo/c-1";
    void *socket = zmq_socket(zmq_ctx_new(), ZMQ_PUSH); /* ZMQ_PUB for the broadcast door, 5550 */
    if (zmq_connect(socket, address) != 0) return perror(address), 1;
    for (long n = 1;; n++, sleep(1)) {
        char topic[128], at[32], body[1024];
        time_t now = time(NULL);
        strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
        int topicLength = snprintf(topic, sizeof topic, "alert/v1/json/%s/", source);
        int length = snprintf(body, sizeof body,
            "{\"specversion\":\"1.0\",\"type\":\"tocsin.alert.v1\",\"id\":\"%ld-%ld\","
            "\"source\":\"%s\",\"time\":\"%s\",\"sequence\":\"%ld\",\"data\":{"
            "\"kind\":\"gas.concentration\",\"severity\":\"severe\",\"confidence\":0.9,"
            "\"position\":{\"lat\":31.2,\"lon\":121.5},"
            "\"measures\":[{\"name\":\"ch4\",\"value\":12.5,\"unit\":\"%%\",\"limit\":10}]}}",
            (long)now, n, source, at, n);
        zmq_send(socket, topic, topicLength, ZMQ_SNDMORE);
        zmq_send(socket, body, length, 0);
        printf("sent %ld\n", n), fflush(stdout);
    }
}
