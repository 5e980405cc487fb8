package io.sipscope.node.sources.ami;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.ChallengeAction;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.LoginAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;
import org.asteriskjava.manager.response.ChallengeResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;

/// One connection to a manager interface, by asterisk-java but for three things: the events are
/// read by [AmiSocket]; when it ends it is not opened again, which [AmiSource] does; and a
/// server that gives no challenge is shown the password.
final class AmiConnection extends ManagerConnectionImpl {
  static final int TIMEOUT_MILLIS = 5_000;

  /// While stopping, a node waits no longer.
  static final int ANSWER_MILLIS = 2_000;

  private static final String ALL_EVENTS = "on";

  private final AmiSettings settings;
  private final Function<InetAddress, AmiSocket.Log> log;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private AmiSocket opened;

  AmiConnection(AmiSettings settings, Function<InetAddress, AmiSocket.Log> log) {
    this.settings = settings;
    this.log = log;
    setHostname(settings.host());
    setPort(settings.port());
    setUsername(settings.username());
    setPassword(settings.password());
    setDefaultResponseTimeout(ANSWER_MILLIS);
  }

  /// Completes when it is connected no longer, and all that came by then was read.
  CompletableFuture<Void> ended() {
    return ended;
  }

  /// What Asterisk answers to a command, as one text; empty when it says nothing.
  String command(String command) throws IOException, TimeoutException {
    var response = sendAction(new CommandAction(command), ANSWER_MILLIS);
    if (response instanceof ManagerError) {
      return "Error: " + response.getMessage();
    }
    var output = response.getAttributes().get("output");
    return output == null ? "" : output.toString();
  }

  /// Fails when nobody is there any more.
  void ping() throws IOException, TimeoutException {
    sendAction(new PingAction(), TIMEOUT_MILLIS);
  }

  /// Ends it, whatever its state.
  void cut() {
    disconnect();
  }

  @Override
  protected SocketConnectionFacade createSocket() throws IOException {
    opened = new AmiSocket(settings.host(), settings.port(), TIMEOUT_MILLIS, log);
    return opened;
  }

  @Override
  protected void doLogin(long timeout, String eventMask)
      throws IOException, AuthenticationFailedException, TimeoutException {
    connect();
    try {
      if (!opened.isGreeted(TIMEOUT_MILLIS)) {
        throw new TimeoutException("no greeting");
      }
      var answer = sendAction(loginAction());
      if (answer instanceof ManagerError) {
        throw new AuthenticationFailedException(answer.getMessage());
      }
      state = ManagerConnectionState.CONNECTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      if (state != ManagerConnectionState.CONNECTED) {
        disconnect();
      }
    }
  }

  private LoginAction loginAction() throws IOException {
    var challenge = challenge();
    var login =
        challenge.isEmpty()
            ? new LoginAction(settings.username(), settings.password())
            : new LoginAction(settings.username(), "MD5", key(challenge));
    login.setEvents(ALL_EVENTS);
    return login;
  }

  /// Empty when the server gives none.
  private String challenge() throws IOException {
    ManagerResponse answer;
    try {
      answer = sendAction(new ChallengeAction("MD5"));
    } catch (TimeoutException unknownToIt) {
      return "";
    }
    return answer instanceof ChallengeResponse response && response.getChallenge() != null
        ? response.getChallenge()
        : "";
  }

  /// MD5 is what the manager interface has; the password does not cross the network.
  private String key(String challenge) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      digest.update(challenge.getBytes(StandardCharsets.UTF_8));
      digest.update(settings.password().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }

  /// Nothing that is asked of it differs between versions.
  @Override
  protected AsteriskVersion determineVersion() {
    return AsteriskVersion.ASTERISK_20;
  }

  @Override
  public void dispatchEvent(ManagerEvent event, Integer requestId) {
    if (event instanceof DisconnectEvent) {
      ended.complete(null);
    } else {
      super.dispatchEvent(event, requestId);
    }
  }
}
