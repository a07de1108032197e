/**
 * Layers: every activation as a class, Dense, dropout, and Sequential to put them together. {@link
 * io.ember4j.nn.Layer} is the interface for one's own.
 */
package io.ember4j.nn;
