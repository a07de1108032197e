/** Layers. */
package io.ember4j.nn;
