package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Backend;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** A backend that has been created, with what the api remembers about it. */
final class ActiveBackend {
  private record PlanKey(DType dtype, Lowering lowering) {}

  private final BackendInfo info;
  private final Backend spi;
  private final Map<Expr, Map<PlanKey, Plan>> plans =
      Collections.synchronizedMap(new WeakHashMap<>());

  ActiveBackend(BackendInfo info, Backend spi) {
    this.info = info;
    this.spi = spi;
  }

  String name() {
    return info.name();
  }

  BackendInfo info() {
    return info;
  }

  Backend spi() {
    return spi;
  }

  /**
   * Returns how this backend evaluates the expression; found once, kept as long as the expression.
   */
  Plan plan(Expr expression, DType dtype, Lowering lowering) {
    return plans
        .computeIfAbsent(expression, e -> Collections.synchronizedMap(new java.util.HashMap<>()))
        .computeIfAbsent(
            new PlanKey(dtype, lowering), key -> Plan.of(expression, spi, dtype, lowering));
  }
}
