package io.sipscope.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test where no Java is found that [CassandraServer] runs on, and says how to install one;
/// with `SIPSCOPE_STRICT=true` in the environment, as in CI, it fails instead.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresCassandra.Check.class)
public @interface RequiresCassandra {
  final class Check implements ExecutionCondition {
    private static final String MISSING =
        "no Java 17 or 11 is installed, which Cassandra runs on:"
            + " apt-get install openjdk-17-jre-headless";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (CassandraJava.home().isPresent()) {
        return ConditionEvaluationResult.enabled("there is a Java for Cassandra");
      }
      if ("true".equals(System.getenv("SIPSCOPE_STRICT"))) {
        throw new ExtensionConfigurationException(MISSING);
      }
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }
}
