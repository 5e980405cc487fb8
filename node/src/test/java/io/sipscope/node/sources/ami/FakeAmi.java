package io.sipscope.node.sources.ami;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A manager interface as Asterisk 20 has it, of one user: it greets, challenges, lets in or not,
/// answers commands, and sends what a test gives it.
final class FakeAmi implements AutoCloseable {
  static final String USER = "sipscope";
  static final String SECRET = "s3cret";

  private static final String CHALLENGE = "159588717";

  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Socket> loggedIn = new LinkedBlockingQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final int port;
  private ServerSocket server;
  private volatile boolean knowsChallenge = true;
  private volatile String debug = "no";

  FakeAmi() throws IOException {
    server = listen(0);
    port = server.getLocalPort();
    serve(server);
  }

  private static ServerSocket listen(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  int port() {
    return port;
  }

  /// As a server whose `Challenge` is forbidden.
  FakeAmi withoutChallenge() {
    knowsChallenge = false;
    return this;
  }

  /// As one whose pjsip.conf switched the logger on.
  FakeAmi loggingByConfiguration() {
    debug = "yes";
    return this;
  }

  /// Commands it was given, in order.
  List<String> commands() {
    return commands;
  }

  List<String> actions() {
    return actions;
  }

  /// The next connection of somebody who was let in.
  Socket awaitLogin() throws InterruptedException {
    return Optional.ofNullable(loggedIn.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  /// As when Asterisk is stopped: nobody is there any more.
  void stop() throws IOException {
    server.close();
    for (var socket : open) {
      socket.close();
    }
  }

  /// As when it is started again.
  void start() throws IOException {
    server = listen(port);
    serve(server);
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private void serve(ServerSocket listening) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listening.isClosed()) {
                try {
                  var socket = listening.accept();
                  open.add(socket);
                  Thread.ofVirtual().start(() -> converse(socket));
                } catch (IOException stopped) {
                  return;
                }
              }
            });
  }

  private void converse(Socket socket) {
    try (socket) {
      write(socket, "Asterisk Call Manager/7.0.3\r\n");
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      boolean isIn = false;
      for (var action = action(in); !action.isEmpty(); action = action(in)) {
        actions.add(action.get("action"));
        isIn = answer(socket, action, isIn);
      }
    } catch (IOException cut) {
      open.remove(socket);
    }
  }

  private static Map<String, String> action(BufferedReader in) throws IOException {
    var action = new HashMap<String, String>();
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      int colon = line.indexOf(": ");
      action.put(
          line.substring(0, colon).toLowerCase(java.util.Locale.ROOT), line.substring(colon + 2));
    }
    return action;
  }

  private boolean answer(Socket socket, Map<String, String> action, boolean isIn)
      throws IOException {
    var id = "ActionID: " + action.get("actionid") + "\r\n";
    switch (action.get("action")) {
      case "Challenge" ->
          write(
              socket,
              knowsChallenge
                  ? "Response: Success\r\n" + id + "Challenge: " + CHALLENGE + "\r\n\r\n"
                  : "Response: Error\r\n" + id + "Message: Invalid/unknown command\r\n\r\n");
      case "Login" -> {
        if (!isRight(action)) {
          write(socket, "Response: Error\r\n" + id + "Message: Authentication failed\r\n\r\n");
          socket.close();
          return false;
        }
        write(socket, "Response: Success\r\n" + id + "Message: Authentication accepted\r\n\r\n");
        write(socket, "Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\n");
        return true;
      }
      case "Command" -> {
        commands.add(action.get("command"));
        write(
            socket,
            "Response: Success\r\n"
                + id
                + "Message: Command output follows\r\n"
                + output(action.get("command"))
                + "\r\n");
        if (action.get("command").equals("pjsip set logger on")) {
          loggedIn.add(socket);
        }
      }
      case "Ping" ->
          write(
              socket,
              "Response: Success\r\n" + id + "Ping: Pong\r\nTimestamp: 1795279200.123456\r\n\r\n");
      case "Logoff" -> {
        write(socket, "Response: Goodbye\r\n" + id + "Message: Thanks for all the fish.\r\n\r\n");
        socket.close();
      }
      default ->
          write(socket, "Response: Error\r\n" + id + "Message: Invalid/unknown command\r\n\r\n");
    }
    return isIn;
  }

  private String output(String command) {
    return switch (command) {
      case "pjsip show settings" -> settings();
      case "pjsip set logger on" -> "Output: PJSIP Logging enabled\r\n";
      case "pjsip set logger off" -> "Output: PJSIP Logging disabled\r\n";
      default -> "Output: No such command '" + command + "'\r\n";
    };
  }

  private String settings() {
    return """
    Output:\s
    Output: Global Settings:
    Output:\s
    Output:  ParameterName                       : ParameterValue
    Output:  =======================================================
    Output:  contact_expiration_check_interval   : 30
    Output:  debug                               : %s
    Output:  user_agent                          : Asterisk PBX 20.6.0
    """
        .formatted(debug)
        .replace("\n", "\r\n");
  }

  private static boolean isRight(Map<String, String> login) {
    var secret = "MD5".equals(login.get("authtype")) ? md5(CHALLENGE + SECRET) : SECRET;
    var shown = login.getOrDefault("key", login.getOrDefault("secret", ""));
    return USER.equals(login.get("username")) && secret.equals(shown);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static void write(Socket to, String text) throws IOException {
    synchronized (to) {
      to.getOutputStream().write(text.getBytes(ISO_8859_1));
      to.getOutputStream().flush();
    }
  }
}
