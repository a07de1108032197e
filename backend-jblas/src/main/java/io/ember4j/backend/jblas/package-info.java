/**
 * The backend on jblas: storage in its matrices, its elementwise functions, its native matrix
 * product.
 *
 * <p>What jblas does itself is used where it meets the definition of the primitive. Its elementwise
 * functions are Java loops, so only the matrix product has native speed to offer.
 */
package io.ember4j.backend.jblas;
