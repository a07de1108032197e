/**
 * Tensors, the operations on them, and the choice of the backend that computes.
 *
 * <p>Start with {@link io.ember4j.Tensor}, {@link io.ember4j.Ops} and {@link io.ember4j.Backends};
 * activations are in {@code io.ember4j.activation}, layers in {@code io.ember4j.nn}. Everything
 * here is safe to call from any thread.
 */
package io.ember4j;
