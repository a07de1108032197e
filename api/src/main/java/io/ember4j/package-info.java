/** Tensors, the operations on them, and the choice of who computes. */
package io.ember4j;
