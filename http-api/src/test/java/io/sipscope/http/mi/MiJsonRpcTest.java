package io.sipscope.http.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiJsonRpcTest {
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static final MiJsonRpc RPC =
      new MiJsonRpc(
          new MiRegistry(
              List.of(
                  MiCommand.of(
                      "ping",
                      "core:ping",
                      "",
                      new MiRecipe(
                          List.of(),
                          _ -> {
                            CALLS.incrementAndGet();
                            return MiOutcome.ok().now();
                          })),
                  two("list_a", "a:list"),
                  two("list_b", "b:list"),
                  MiCommand.of("old", "core:old", ""),
                  MiCommand.of(
                      "fails",
                      "core:fails",
                      "",
                      new MiRecipe(
                          List.of(),
                          _ -> {
                            throw new IllegalStateException();
                          })))));

  /// Two recipes of one size.
  private static MiCommand two(String name, String canonical) {
    return MiCommand.of(
        name,
        canonical,
        "",
        new MiRecipe(List.of(MiParameter.text("a")), given -> MiOutcome.of("a").now()),
        new MiRecipe(List.of(MiParameter.integer("b")), given -> MiOutcome.of("b").now()));
  }

  private static MiJsonRpc.Answer answer(String request) {
    return RPC.answer(request.getBytes(StandardCharsets.UTF_8)).toCompletableFuture().join();
  }

  /// A request with `'` for `"`, and what the answer has between `"jsonrpc":"2.0",` and its end.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'jsonrpc':'2.0','method':'ping','id':1}                 | 'result':'OK','id':1
          {'jsonrpc':'2.0','method':'ping','id':1}garbage          | 'result':'OK','id':1
          {'jsonrpc':'2.0','method':'core:ping','id':1.5}          | 'result':'OK','id':1
          {'jsonrpc':'2.0','method':'ping','id':9999999999}        | 'result':'OK','id':2147483647
          {'jsonrpc':'2.0','method':'ping','id':null}              | 'result':'OK','id':null
          {'jsonrpc':'2.0','method':'ping','id':'x','params':[]}   | 'result':'OK','id':'x'
          {'jsonrpc':'2.0','method':'ping','id':'x','params':{}}   | 'result':'OK','id':'x'
          {'jsonrpc':'2.0','method':'ping','id':1,'params':null}   | 'error':{'code':-32600,'message':'Invalid Request'},'id':1
          {'jsonrpc':'2.0','method':'nope','id':1,'params':'x'}    | 'error':{'code':-32600,'message':'Invalid Request'},'id':1
          {'jsonrpc':'1.0','method':'ping','id':1}                 | 'error':{'code':-32600,'message':'Invalid Request'},'id':1
          {'jsonrpc':2.0,'method':'ping'}                          | 'error':{'code':-32600,'message':'Invalid Request'},'id':null
          {'jsonrpc':'2.0','id':4}                                 | 'error':{'code':-32600,'message':'Invalid Request'},'id':4
          [{'jsonrpc':'2.0','method':'ping','id':1}]               | 'error':{'code':-32600,'message':'Invalid Request'},'id':null
          7                                                        | 'error':{'code':-32600,'message':'Invalid Request'},'id':null
          {'jsonrpc':'2.0','method':'Ping','id':1}                 | 'error':{'code':-32601,'message':'Method not found'},'id':1
          {'jsonrpc':'2.0','method':'old','id':1}                  | 'error':{'code':-32601,'message':'Method not found'},'id':1
          {'jsonrpc':'2.0','method':'list','id':1}                 | 'error':{'code':-32001,'message':'Method ambiguous','data':'supported names: a:list, b:list'},'id':1
          {'jsonrpc':'2.0','method':'list_a','id':1,'params':[1]}  | 'error':{'code':-32602,'message':'Invalid params','data':'Ambiguous call, use named parameters instead'},'id':1
          {'jsonrpc':'2.0','method':'list_a','id':1,'params':{'b':'7'}} | 'result':'b','id':1
          {'jsonrpc':'2.0','method':'list_a','id':1,'params':{'b':'x'}} | 'error':{'code':-32602,'message':'Invalid params','data':'Bad type for parameter 'b''},'id':1
          {'jsonrpc':'2.0','method':'list_a','id':1}               | 'error':{'code':-32602,'message':'Invalid params','data':'Too few or too many parameters'},'id':1
          {'jsonrpc':'2.0','method':'fails','id':1}                | 'error':{'code':-32000,'message':'Server error','data':'Command handler returned null'},'id':1
          """)
  void answersAreThoseOfOpensips(String request, String answer) {
    assertEquals(
        "{'jsonrpc':'2.0'," + answer + "}",
        assertInstanceOf(MiJsonRpc.Answer.Reply.class, answer(request.replace('\'', '"')))
            .json()
            .replace('"', '\''));
  }

  @Test
  void aNotificationIsDoneAndNotAnswered() {
    int before = CALLS.get();
    assertInstanceOf(
        MiJsonRpc.Answer.Silence.class, answer("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}"));
    assertEquals(before + 1, CALLS.get());
    assertInstanceOf(
        MiJsonRpc.Answer.Silence.class, answer("{\"jsonrpc\":\"2.0\",\"method\":\"nope\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"{}", "[]", "true"})
  void anIdThatIsNoneHasNoAnswer(String id) {
    assertInstanceOf(
        MiJsonRpc.Answer.Unanswerable.class,
        answer("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":" + id + "}"));
  }

  @Test
  void noJsonIsAParseError() {
    var error =
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}";
    assertEquals(new MiJsonRpc.Answer.Unreadable(error), answer("{\"jsonrpc\":\"2.0\","));
    assertEquals(new MiJsonRpc.Answer.Unreadable(error), answer("  "));
    assertEquals(new MiJsonRpc.Answer.Unreadable(error), answer("[".repeat(100_000)));
  }

  @Test
  void anyBytesAreAnswered() {
    var random = new Random(3);
    var good = "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1,\"params\":[{\"a\":[1e9]}]}";
    for (int round = 0; round < 20_000; round++) {
      var bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertTrue(RPC.answer(bytes).toCompletableFuture().isDone());
    }
    RPC.answer(new byte[] {0, 0, 0, '{', 0, 0}).toCompletableFuture().join();
    RPC.answer(new byte[] {(byte) 0xfe, (byte) 0xff, 0}).toCompletableFuture().join();
  }
}
