/**
 * Elementwise functions as data: expressions, the primitives every backend implements, and named
 * functions built from them.
 */
package io.ember4j.expr;
