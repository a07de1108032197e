package io.ember4j.activation;

/**
 * What the generated tables say about an activation, in terms of its parameters, which have the
 * sign of their defaults.
 *
 * @param formula the definition in plain notation
 * @param range the interval of the values
 * @param gradientAtZero the derivative at 0, as text
 * @param use where it is commonly used
 */
public record Documentation(String formula, String range, String gradientAtZero, String use) {}
