import type { ParsedFrame } from '#src/stacktrace/contract.ts';

/** ` in /src/A.cs:line 12` of .NET; ` [0x00021] in /src/A.cs:12 ` of Mono. */
const PLACE = /^(?: \[0x[0-9a-f]{1,8}\])? in (.{1,1000}):(?:line )?(\d{1,9})$/;
const OFFSET_ONLY = /^(?: \[0x[0-9a-f]{1,8}\]| \+0x[0-9a-f]{1,8}| \[[^\]]{1,80}\])?$/;
const NAME = /^[\p{L}_<$][\p{L}\p{N}_.`<>$|,[\]+=-]{2,800}$/u;

/**
 * Reads a frame of `Exception.StackTrace`: `at Namespace.Class.Method(Type name) in file:line 12`.
 * @param text the line from its `at` on
 */
export function parseDotnetFrame(text: string): ParsedFrame | null {
  if (!text.startsWith('at ')) return null;
  const line = text.trimEnd();
  const open = line.indexOf('(');
  const close = closing(line, open);
  if (open < 4 || close < 0) return null;
  const name = line.slice(3, open).trimEnd();
  const rest = line.slice(close + 1);
  const place = PLACE.exec(rest);
  if (!name.includes('.') || !NAME.test(name) || (!place && !OFFSET_ONLY.test(rest))) return null;
  if (!place && !isParameterList(line.slice(open + 1, close))) return null;
  const file = place?.[1] ?? '';
  // Mono names the assembly's hash where it has no symbols.
  const isKnown = file !== '' && !/^<[0-9a-f]{16,64}(?:#\w+)?>$/.test(file);
  return {
    file: isKnown ? file : '',
    line: isKnown ? Number(place?.[2]) : null,
    column: null,
    function: name,
  };
}

/** The parenthesis that closes the one at `open`. */
function closing(line: string, open: number): number {
  let depth = 0;
  for (let at = Math.max(0, open); at < line.length; at += 1) {
    if (line[at] === '(') depth += 1;
    else if (line[at] === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** `String name, Int32& n` or nothing: tells a frame from those of the JVM and of JavaScript. */
function isParameterList(text: string): boolean {
  if (text === '') return true;
  return text.length < 2000 && /^[\p{L}_][^:]* [\p{L}_@$<>]?[\p{L}\p{N}_<>$]*$/u.test(text);
}

const LIBRARIES =
  /^(?:System|Microsoft|Windows|Mono|Internal|Interop|lambda_method|Newtonsoft|Npgsql|MySql|MySqlConnector|MongoDB|StackExchange|RabbitMQ|Confluent|Grpc|Google|Amazon|Azure|Polly|Serilog|NLog|log4net|MediatR|FluentValidation|AutoMapper|Autofac|Castle|Dapper|Hangfire|Quartz|MassTransit|NServiceBus|Swashbuckle|IdentityServer4|OpenTelemetry|Prometheus|xunit|NUnit|Moq|Refit|RestSharp|Orleans|Akka|Elastic|Elasticsearch|Nest|Oracle|IBM|SkiaSharp|FSharp|HotChocolate|GraphQL|Yarp|Humanizer|Ocelot)(?:[.`]|$)/;

/** Whether a frame is of .NET or of a widespread package; deterministic builds write paths under `/_/`. */
export function isDotnetLibrary(frame: ParsedFrame): boolean {
  if (/^\/_\d?\/|^[A-Z]:\\projects\\|\/_work\/|\\_work\\|\/\.nuget\//.test(frame.file)) return true;
  return LIBRARIES.test(frame.function);
}
