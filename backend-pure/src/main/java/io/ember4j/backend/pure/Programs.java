package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.Operation;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** Remembers the program of each expression and operation for as long as somebody else holds it. */
final class Programs {
  private static final int RECENT = 64;

  /** What is compiled and how; expressions and operations compare by identity. */
  private final Map<Object, Program> floats = newCache();

  private final Map<Object, Program> doubles = newCache();
  private final Kernels kernels = new Kernels();

  private static Map<Object, Program> newCache() {
    return Collections.synchronizedMap(new WeakHashMap<>());
  }

  /** The programs found last, by hash: most calls repeat an expression, and need no lock for it. */
  private final AtomicReferenceArray<Recent> recent = new AtomicReferenceArray<>(RECENT);

  private record Recent(WeakReference<Expr> expression, DType dtype, Program program) {}

  Program of(Expr expression, DType dtype) {
    int place = (System.identityHashCode(expression) + (dtype == DType.FLOAT32 ? 0 : 1)) % RECENT;
    Recent last = recent.get(place);
    if (last != null && last.dtype() == dtype && last.expression().refersTo(expression)) {
      return last.program();
    }
    Program program = compiled(expression, dtype);
    recent.set(place, new Recent(new WeakReference<>(expression), dtype, program));
    return program;
  }

  private Program compiled(Expr expression, DType dtype) {
    return find(
        cache(dtype),
        expression,
        key -> Compiler.compile(expression, expression.inputCount(), dtype, kernels));
  }

  /** Returns the program that applies the operation to inputs 0 and up. */
  Program of(Operation operation, DType dtype) {
    return find(
        cache(dtype),
        operation,
        key -> {
          Expr[] inputs = new Expr[operation.arity()];
          for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Expr.input(i);
          }
          return Compiler.compile(Expr.apply(operation, inputs), inputs.length, dtype, kernels);
        });
  }

  private Map<Object, Program> cache(DType dtype) {
    return dtype == DType.FLOAT32 ? floats : doubles;
  }

  /**
   * Compiles outside the cache's lock, so that a long expression does not hold up other threads;
   * two threads that meet may both compile, and all use the program that came first.
   */
  private static Program find(
      Map<Object, Program> cache, Object key, Function<Object, Program> compile) {
    Program known = cache.get(key);
    if (known == null) {
      Program compiled = compile.apply(key);
      known = cache.putIfAbsent(key, compiled);
      known = known == null ? compiled : known;
    }
    return known;
  }
}
