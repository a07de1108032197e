package io.ember4j.backend.pure;

import java.util.List;

/**
 * An expression as a sequence of steps over numbered registers: the first {@code inputs} hold the
 * inputs and are not overwritten, the others constants and temporaries.
 *
 * <p>A program refers to no node of its expression, so that the expression can be collected while
 * the program is cached.
 *
 * @param inputs the number of inputs
 * @param registers the number of registers, inputs included
 * @param prologue the constants that are set once per evaluation
 * @param steps what is done for each block, in order
 * @param result the register that holds the result after the last step
 */
record Program(int inputs, int registers, List<Step> prologue, List<Step> steps, int result) {}
