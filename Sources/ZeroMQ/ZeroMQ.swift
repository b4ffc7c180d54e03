// ZeroMQ: noncopyable sockets over libzmq's C interface.
//
// It gives each C handle one owner, each call a typed error, and each option a typed property; it
// adds no queue, thread or allocation per message of its own. It refuses to share a socket: one
// lane owns it, and moving it to another lane moves the ownership. A socket keeps its context
// alive, a poller keeps its sockets open, so nothing here can be used after it was closed.
//
// In: endpoints, bytes. Out: bytes, readiness. `would block` is an answer, not an error;
// interrupted calls are repeated.
