package io.ember4j.backend.pure;

/**
 * A real number as the sum of two numbers of a dtype, with twice its precision.
 *
 * @param high the number rounded
 * @param low the rest rounded
 */
record Split(double high, double low) {}
