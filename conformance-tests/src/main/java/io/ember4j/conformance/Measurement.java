package io.ember4j.conformance;

import io.ember4j.DType;

/**
 * The worst error seen of one function.
 *
 * @param function the name of the reference table; {@code composed/} before it for the composed
 *     form
 * @param dtype for which dtype
 * @param ulp the error
 * @param bound what was allowed
 * @param where at which input
 */
public record Measurement(String function, DType dtype, double ulp, double bound, String where) {}
