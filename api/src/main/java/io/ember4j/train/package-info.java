/**
 * What trains layers: losses and optimisers. Gradients come from a {@link io.ember4j.GradientTape}.
 */
package io.ember4j.train;
