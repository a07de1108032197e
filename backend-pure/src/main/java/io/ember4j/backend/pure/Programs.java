package io.ember4j.backend.pure;

import io.ember4j.DType;
import io.ember4j.expr.Expr;
import io.ember4j.expr.NamedFunction;
import io.ember4j.expr.Operation;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Remembers the program of each expression, operation and function body, for as long as somebody
 * else holds it.
 */
final class Programs {
  /** What is compiled and how; expressions and operations compare by identity. */
  private final Map<Object, Program> floats = newCache();

  private final Map<Object, Program> doubles = newCache();

  /** Bodies apart: a body that is used as an expression too may have fewer inputs there. */
  private final Map<Object, Program> bodies = newCache();

  private static Map<Object, Program> newCache() {
    return Collections.synchronizedMap(new WeakHashMap<>());
  }

  Program of(Expr expression, DType dtype) {
    return find(
        cache(dtype),
        expression,
        key -> Compiler.compile(expression, expression.inputCount(), dtype, this));
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
          return Compiler.compile(Expr.apply(operation, inputs), inputs.length, dtype, this);
        });
  }

  /** Returns the float64 program of the body of a function that has one. */
  Program ofBody(NamedFunction function) {
    return find(
        bodies,
        function,
        key ->
            Compiler.compile(function.body().orElseThrow(), function.arity(), DType.FLOAT64, this));
  }

  private Map<Object, Program> cache(DType dtype) {
    return dtype == DType.FLOAT32 ? floats : doubles;
  }

  /**
   * Compiles outside the cache's lock, so that a long expression does not hold up other threads;
   * two threads that meet may both compile, and the programs are alike.
   */
  private static Program find(
      Map<Object, Program> cache, Object key, Function<Object, Program> compile) {
    Program known = cache.get(key);
    if (known == null) {
      known = compile.apply(key);
      cache.put(key, known);
    }
    return known;
  }
}
