/**
 * The real servers that Earshot needs, each started inside this process on a free port: PostgreSQL 18 (a child process),
 * a KRaft Kafka broker, an S3 server with credentials, an OpenID provider.
 *
 * <p>Invariants: every server binds to 127.0.0.1 only; {@code close()} may be called at any time and more than once.
 */
@NullMarked
package dev.earshot.local.infra;

import org.jspecify.annotations.NullMarked;
