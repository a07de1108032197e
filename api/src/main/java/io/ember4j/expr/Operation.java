package io.ember4j.expr;

/** What an {@link Expr.Apply} applies: a {@link Primitive} or a {@link NamedFunction}. */
public sealed interface Operation permits Primitive, NamedFunction {
  /** Returns the number of arguments. */
  int arity();

  /** Returns the name, such as {@code add} or {@code sigmoid}. */
  String label();
}
