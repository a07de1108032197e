package io.ember4j;

import io.ember4j.expr.Expr;
import io.ember4j.spi.Backend;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A backend that has been created, with what the api remembers about it. */
final class ActiveBackend {
  private static final int RECENT = 64;

  private record PlanKey(DType dtype, Lowering lowering) {}

  private record Recent(WeakReference<Expr> expression, DType dtype, Lowering lowering, Plan plan) {
    boolean isOf(Expr other, DType otherDtype, Lowering otherLowering) {
      return dtype == otherDtype && lowering == otherLowering && expression.refersTo(other);
    }
  }

  private final BackendInfo info;
  private final Backend spi;
  private final Map<Expr, Map<PlanKey, Plan>> plans =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The plans found last, by hash: most calls repeat an expression, and need no lock for it. */
  private final AtomicReferenceArray<Recent> recent = new AtomicReferenceArray<>(RECENT);

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
    int place = System.identityHashCode(expression) % RECENT;
    Recent last = recent.get(place);
    if (last != null && last.isOf(expression, dtype, lowering)) {
      return last.plan();
    }
    Plan plan = remembered(expression, dtype, lowering);
    recent.set(place, new Recent(new WeakReference<>(expression), dtype, lowering, plan));
    return plan;
  }

  private Plan remembered(Expr expression, DType dtype, Lowering lowering) {
    return plans
        .computeIfAbsent(expression, e -> Collections.synchronizedMap(new java.util.HashMap<>()))
        .computeIfAbsent(
            new PlanKey(dtype, lowering), key -> Plan.of(expression, spi, dtype, lowering));
  }
}
