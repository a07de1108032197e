/**
 * Activation functions: by name and as static methods in {@link io.ember4j.activation.Activations},
 * and one's own through {@link io.ember4j.activation.Activation#define}.
 *
 * <p>The table is in the files named after the families (rectifiers, smooth gates, squashers,
 * shrinkers, normalizers): a row there is all that an activation needs.
 */
package io.ember4j.activation;
