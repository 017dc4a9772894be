// Sockets on 127.0.0.1: a port that is held without listening, one that listens, one that ends with RST.
#pragma once

namespace simulator {

// Both throw std::runtime_error. Several may be bound to one port as long as one listens at most.
int bound_socket(int port);  // 0: any free one
int listening_socket(int port);
int port_of(int socket);
// Ends the connection with RST at once: connecting a TCP socket to 'unspecified' aborts it.
void abort_connection(int socket);

}  // namespace simulator
