/** What a backend implements. */
package io.ember4j.spi;
