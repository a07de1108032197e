package io.ember4j.activation;

import io.ember4j.UnknownNameException;
import io.ember4j.expr.Expr;
import java.util.Map;

/** The parameters of an activation as expressions, for its body. */
public final class Parameters {
  private final String activation;
  private final Map<String, Expr> byName;

  Parameters(String activation, Map<String, Expr> byName) {
    this.activation = activation;
    this.byName = byName;
  }

  /**
   * Returns the parameter.
   *
   * @throws UnknownNameException if there is none of that name
   */
  public Expr get(String name) {
    Expr parameter = byName.get(name);
    if (parameter == null) {
      throw Names.unknown("parameter of " + activation, name, byName.keySet());
    }
    return parameter;
  }
}
