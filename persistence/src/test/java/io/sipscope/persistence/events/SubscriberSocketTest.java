package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberSocketTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp:127.0.0.1:15999",
        "udp:[2001:db8::1]:5000",
        "unix:/tmp/events.sock",
        "tcp:host.example:8899",
        "tcp:127.0.0.1:8899/block_ip",
        "jsonrpc:127.0.0.1:8080:block_ip",
        "xmlrpc:127.0.0.1:8080:block_ip",
        "http://127.0.0.1:8080",
        "https://ops.example/hook?team=a%20b",
        "flatstore:/var/log/events.csv",
        "virtual:PARALLEL udp:127.0.0.1:1 https://ops.example/hook",
        "virtual:FAILOVER udp:127.0.0.1:1",
        "virtual:ROUND-ROBIN udp:127.0.0.1:1 udp:127.0.0.1:2",
        "route:E_SCRIPT_MSG"
      })
  void aSocketIsListedAsItWasGiven(String text) {
    assertEquals(Optional.of(text), SubscriberSocket.parse(text).map(SubscriberSocket::text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "udp",
        "udp:",
        "udp:127.0.0.1",
        "udp:127.0.0.1:0",
        "udp:127.0.0.1:65536",
        "udp:127.0.0.1:99999999999",
        "udp:127.0.0.1:80/x",
        "udp:host name:80",
        "UDP:127.0.0.1:80",
        "unix:",
        "xmlrpc:127.0.0.1:80",
        "rabbitmq:127.0.0.1/key",
        "http:127.0.0.1:80",
        "http://",
        "http://user:pass@127.0.0.1/",
        "http://a b/",
        "ftp://127.0.0.1/x",
        "flatstore:relative",
        "flatstore:/folder/",
        "virtual:parallel udp:127.0.0.1:1",
        "virtual:PARALLEL",
        "virtual:PARALLEL udp:127.0.0.1",
        "virtual:PARALLEL virtual:PARALLEL udp:127.0.0.1:1",
        "virtual:PARALLEL route:E_X",
        "route:",
        "route:a b"
      })
  void whatIsNoSocketIsRefused(String text) {
    assertEquals(Optional.empty(), SubscriberSocket.parse(text));
  }

  @Test
  void aPathThatNoUnixSocketCanHaveIsRefused() {
    assertEquals(Optional.empty(), SubscriberSocket.parse("unix:/" + "x".repeat(107)));
    assertEquals(1, SubscriberSocket.parse("unix:/" + "x".repeat(106)).stream().count());
  }
}
