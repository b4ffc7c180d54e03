// EndToEndTests: the built program as its users meet it.
//
// Every test starts `tocsin` from beside this bundle as a process of its own, on free ports of
// this machine, with settings and journal in a temporary directory, and speaks to it through
// sockets, files, signals and exit codes alone. No engine code is called: what is asserted is what
// an integrator, a dispatch system or an operator can see. Servers are ended in every case, also
// when a test fails.
//
// One test runs at a time: each has a server and its publishers, and machines have few cores.

import Testing

@Suite("End to end", .serialized)
enum EndToEnd {}
