/**
 * What a backend author implements: a cheap {@link io.ember4j.spi.BackendProvider} and the {@link
 * io.ember4j.spi.Backend} it creates. Users of the library never call these types.
 */
package io.ember4j.spi;
