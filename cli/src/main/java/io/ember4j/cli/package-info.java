/** The {@code ember4j} command. */
package io.ember4j.cli;
