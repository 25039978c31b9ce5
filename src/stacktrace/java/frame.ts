import type { ParsedFrame } from '#src/stacktrace/contract.ts';

const PLACE =
  /^(?:[\w.]{1,80}@[\w.+-]{1,80}\/)?(?:([^\s():]{1,200}):(-?\d{1,9})|([^\s():]{1,200}\.[a-z]{1,8})|(Native Method|Unknown Source|<generated>|SourceFile|native))$/;
const NAME = /^(?:[\w.$@+-]{0,120}\/){0,2}([\w$.<>/\-@+\u0080-\uffff]{1,500})$/;

/**
 * Reads a frame of `Throwable.printStackTrace` or of a thread dump: `at [loader/][module@version/]
 * package.Class.method(File.java:12)`, maybe followed by logback's packaging data `~[jar:version]`.
 * @param text the line from its `at` on
 */
export function parseJavaFrame(text: string): ParsedFrame | null {
  if (!text.startsWith('at ')) return null;
  const open = text.indexOf('(');
  const close = text.indexOf(')', open);
  if (open < 4 || close < 0 || !isTail(text.slice(close + 1))) return null;
  const name = NAME.exec(withoutAddress(text.slice(3, open).trimStart()))?.[1];
  const place = PLACE.exec(text.slice(open + 1, close));
  // A blank before the parenthesis is JavaScript's or Mono's; a JVM frame names a class and a method.
  if (!name?.includes('.') || text[open - 1] === ' ' || !place) return null;
  const line = place[2] === undefined ? null : Number(place[2]);
  return {
    file: place[1] ?? place[3] ?? place[4] ?? '',
    line: line !== null && line > 0 ? line : null,
    column: null,
    function: name,
  };
}

/** What may follow a frame: nothing, packaging data, or the mark of a log format. */
function isTail(rest: string): boolean {
  const tail = rest.trim();
  return tail === '' || /^~?\[[^\]]{0,300}\](?: \[[^\]]{0,300}\])?$/.test(tail);
}

/** `Shop$$Lambda$14/0x0000000840065840.run` → `Shop$$Lambda$14.run`: the address changes with each run. */
function withoutAddress(name: string): string {
  return name.includes('/') ? name.replace(/\/(?:0x)?[0-9a-f]{6,20}(?=\.)/, '') : name;
}

const LIBRARIES = [
  'java.',
  'javax.',
  'jakarta.',
  'jdk.',
  'sun.',
  'com.sun.',
  'oracle.',
  'com.oracle.',
  'kotlin.',
  'kotlinx.',
  'scala.',
  'groovy.',
  'clojure.',
  'android.',
  'androidx.',
  'dalvik.',
  'com.android.',
  'libcore.',
  'org.springframework.',
  'org.apache.',
  'org.hibernate.',
  'org.eclipse.',
  'org.jboss.',
  'org.wildfly.',
  'org.codehaus.',
  'org.aspectj.',
  'org.slf4j.',
  'org.junit.',
  'org.mockito.',
  'org.testng.',
  'org.quartz.',
  'org.glassfish.',
  'org.postgresql.',
  'org.mariadb.',
  'org.h2.',
  'org.jooq.',
  'org.mybatis.',
  'org.flywaydb.',
  'org.elasticsearch.',
  'org.opensearch.',
  'org.redisson.',
  'org.bson.',
  'org.yaml.',
  'org.xnio.',
  'org.http4s.',
  'org.bouncycastle.',
  'org.conscrypt.',
  'org.objectweb.',
  'org.jetbrains.',
  'org.gradle.',
  'org.reactivestreams.',
  'org.thymeleaf.',
  'org.keycloak.',
  'org.jctools.',
  'org.w3c.',
  'org.xml.',
  'org.ietf.',
  'org.omg.',
  'org.graalvm.',
  'ch.qos.logback.',
  'net.logstash.',
  'net.bytebuddy.',
  'net.sf.',
  'net.jodah.',
  'dev.failsafe.',
  'cats.',
  'zio.',
  'fs2.',
  'io.netty.',
  'io.grpc.',
  'io.undertow.',
  'io.vertx.',
  'io.micronaut.',
  'io.quarkus.',
  'io.smallrye.',
  'io.lettuce.',
  'io.reactivex.',
  'io.micrometer.',
  'io.opentelemetry.',
  'io.opentracing.',
  'io.prometheus.',
  'io.ktor.',
  'io.dropwizard.',
  'io.helidon.',
  'io.github.resilience4j.',
  'io.jsonwebtoken.',
  'io.swagger.',
  'io.kubernetes.',
  'io.fabric8.',
  'io.r2dbc.',
  'com.google.common.',
  'com.google.protobuf.',
  'com.google.inject.',
  'com.google.gson.',
  'com.google.api.',
  'com.google.cloud.',
  'com.fasterxml.',
  'com.zaxxer.',
  'com.mysql.',
  'com.mongodb.',
  'com.amazonaws.',
  'com.datastax.',
  'com.microsoft.',
  'com.azure.',
  'com.rabbitmq.',
  'com.squareup.',
  'com.netflix.',
  'com.github.benmanes.',
  'com.codahale.',
  'com.typesafe.',
  'com.mchange.',
  'com.intellij.',
  'com.newrelic.',
  'com.ibm.',
  'com.linecorp.armeria.',
  'com.lmax.',
  'com.hazelcast.',
  'com.couchbase.',
  'software.amazon.',
  'reactor.',
  'rx.',
  'feign.',
  'redis.clients.',
  'okhttp3.',
  'okio.',
  'retrofit2.',
  'akka.',
  'play.',
  'springfox.',
  'lombok.',
  'junit.',
  'brave.',
  'datadog.',
  'freemarker.',
  'liquibase.',
  'oracle.jdbc.',
  'dagger.',
  'worker.org.gradle.',
];

/** Whether a class is of the JDK, of another language of the JVM, or of a widespread library. */
export function isJvmLibrary(frame: ParsedFrame): boolean {
  if (/\$\$(?:EnhancerBy|FastClassBy|SpringCGLIB)|^\$Proxy|\.\$Proxy/.test(frame.function))
    return true;
  return LIBRARIES.some((prefix) => frame.function.startsWith(prefix));
}
