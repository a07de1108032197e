/** Elementwise functions as expressions. */
package io.ember4j.expr;
