package io.sipscope.persistence.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/// Remembers which statements a thread prepares while it asks one question, and which of them it
/// was at for the longest time: that one is told when the question was slow. Only connections are
/// looked at, so that a statement costs nothing more.
public final class NotedSql {
  private static final ThreadLocal<NotedSql> ASKING = new ThreadLocal<>();

  private String longest = "";
  private long longestNanos = -1;
  private String current = "";
  private long since;

  private NotedSql() {}

  /// A source whose connections note what is prepared on them.
  public static DataSource noting(DataSource source) {
    return proxy(
        DataSource.class,
        (_, method, arguments) -> {
          var answer = invoked(source, method, arguments);
          return answer instanceof Connection connection ? noting(connection) : answer;
        });
  }

  private static Connection noting(Connection connection) {
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          var asking = ASKING.get();
          if (asking != null && method.getName().equals("prepareStatement")) {
            asking.begins((String) arguments[0]);
          }
          return invoked(connection, method, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler calls) {
    return type.cast(
        Proxy.newProxyInstance(NotedSql.class.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private static Object invoked(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// This thread begins to ask; whatever it noted before is forgotten.
  public static NotedSql begin() {
    var asking = new NotedSql();
    ASKING.set(asking);
    return asking;
  }

  /// It has been answered.
  public void end() {
    begins("");
    ASKING.remove();
  }

  private void begins(String sql) {
    long now = System.nanoTime();
    if (!current.isEmpty() && now - since > longestNanos) {
      longest = current;
      longestNanos = now - since;
    }
    current = sql;
    since = now;
  }

  /// The statement that took longest; empty when none was prepared.
  public String longest() {
    return longest;
  }
}
