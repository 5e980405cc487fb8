package io.sipscope.testing;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test where a system program is missing and says how to install it; with
/// `SIPSCOPE_STRICT=true` in the environment, as in CI, it fails instead.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresTool.Check.class)
@Repeatable(RequiresTool.All.class)
public @interface RequiresTool {
  /// The program's name on the PATH.
  String value();

  /// The Debian package that brings it.
  String debian();

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @ExtendWith(RequiresTool.Check.class)
  @interface All {
    RequiresTool[] value();
  }

  final class Check implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var tools =
          context
              .getElement()
              .map(element -> element.getAnnotationsByType(RequiresTool.class))
              .orElse(new RequiresTool[0]);
      for (var tool : tools) {
        if (!onPath(tool.value())) {
          var missing = tool.value() + " is not installed: apt-get install " + tool.debian();
          if ("true".equals(System.getenv("SIPSCOPE_STRICT"))) {
            throw new ExtensionConfigurationException(missing);
          }
          return ConditionEvaluationResult.disabled(missing);
        }
      }
      return ConditionEvaluationResult.enabled("every program is there");
    }

    private static boolean onPath(String name) {
      var path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
      for (var folder : path.split(File.pathSeparator, -1)) {
        if (new File(folder, name).canExecute()) {
          return true;
        }
      }
      return false;
    }
  }
}
