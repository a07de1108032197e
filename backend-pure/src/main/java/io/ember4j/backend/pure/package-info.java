/** The backend that needs only the JDK. */
package io.ember4j.backend.pure;
