/**
 * The backend on ND4J: values live off-heap in INDArrays, and ND4J's own operations compute.
 *
 * <p>Where an operation of ND4J misses the definition (maxima that drop NaN, a {@code where} that
 * is a hundred times slower than an addition, an inaccurate {@code tanh}), the result is made of
 * other operations of ND4J, never of Java loops over downloaded values.
 */
package io.ember4j.backend.nd4j;
