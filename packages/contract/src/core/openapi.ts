import { allEndpoints, allErrors, type ErrorCode } from '../api.ts'
import type { EndpointDef } from './endpoint.ts'

type Json = null | boolean | number | string | readonly Json[] | JsonObject
type JsonObject = { readonly [key: string]: Json }
/** OpenAPI components by name: schemas with a title that were met on the way. */
type Components = Map<string, JsonObject>
/** A schema as plain JSON, in which titled objects became references. */
type Plain = (schema: unknown) => Json

const problemSchema: JsonObject = {
  title: 'Problem',
  description: 'RFC 9457; `code` is stable, `title` follows Accept-Language.',
  type: 'object',
  required: ['title', 'status', 'code', 'data', 'requestId'],
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    data: { type: 'object' },
    requestId: { type: 'string' },
  },
}

/** The whole API as an OpenAPI 3.1 document: what `/openapi.json` serves and `docs/` keeps. */
export function openApi({ version }: { version: string }): JsonObject {
  const components: Components = new Map([['Problem', problemSchema]])
  const paths = pathsOf(plainer(components))
  const byName = [...components].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Kaibo API',
      version,
      description:
        'JSON over HTTP. Money is whole fen, instants are ISO 8601 in UTC, lists page by an opaque cursor.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
    paths,
    components: {
      schemas: Object.fromEntries(byName),
      responses: {
        Problem: {
          description: 'A refusal with a stable code',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Apps and scripts' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-kaibo',
          description: 'Web pages; a change also needs an Origin header of this site',
        },
      },
    },
  }
}

function pathsOf(plain: Plain): JsonObject {
  const byPath = Map.groupBy(allEndpoints(), ({ def }) => def.path.replaceAll(/:(\w+)/g, '{$1}'))
  return Object.fromEntries(
    [...byPath].map(([path, endpoints]) => [
      path,
      Object.fromEntries(
        endpoints.map(({ name, def }) => [
          def.method.toLowerCase(),
          operationOf({ name, def }, plain),
        ]),
      ),
    ]),
  )
}

function operationOf({ name, def }: { name: string; def: EndpointDef }, plain: Plain): JsonObject {
  const [noun = ''] = name.split('.')
  return {
    operationId: name,
    tags: [noun],
    summary: def.summary,
    security: def.can === 'public' ? [{}, ...signedIn] : signedIn,
    parameters: parametersOf(def, plain),
    ...(def.body ? { requestBody: { required: true, content: contentOf(def.body, plain) } } : {}),
    responses: {
      '200': { description: 'Done', content: contentOf(def.reply, plain) },
      ...problemsOf(def),
    },
    'x-kaibo-permission': def.can,
    'x-kaibo-scope': def.scope,
    'x-kaibo-rate': def.rate,
    'x-kaibo-idempotency': def.idempotency,
    'x-kaibo-audit': def.audit,
    'x-kaibo-errors': codesOf(def),
  }
}

const signedIn: readonly JsonObject[] = [{ cookie: [] }, { bearer: [] }]

const contentOf = (schema: unknown, plain: Plain): JsonObject =>
  schema === 'bytes'
    ? { '*/*': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: plain(schema) } }

function parametersOf(def: EndpointDef, plain: Plain): Json[] {
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'The same key again answers alike and changes nothing more.',
    schema: { type: 'string', pattern: '^[\\w-]{8,80}$' },
  }
  return [
    ...fieldsOf('path', plain(def.params)),
    ...fieldsOf('query', plain(def.query)),
    ...(def.idempotency === 'key' ? [key] : []),
  ]
}

function fieldsOf(place: 'path' | 'query', schema: Json): Json[] {
  if (!isObject(schema) || !isObject(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).map(([name, field]) => ({
    name,
    in: place,
    // A field with a default is filled in by the server, so callers may leave it out.
    required: required.includes(name) && !(isObject(field) && 'default' in field),
    schema: field,
  }))
}

/** One entry per status; which codes may arrive with it stands in the description. */
function problemsOf(def: EndpointDef): JsonObject {
  const byStatus = Map.groupBy(codesOf(def), code => String(known[code]?.status))
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { $ref: '#/components/responses/Problem', description: codes.join(', ') },
    ]),
  )
}

const known: Readonly<Record<string, { status: number }>> = allErrors

/** The codes a route lists itself and those that follow from its declaration. */
function codesOf(def: EndpointDef): string[] {
  const byAll: ErrorCode[] = ['request.too_many', 'server.busy']
  const byInput: ErrorCode[] = def.params || def.query || def.body ? ['request.invalid'] : []
  const byBody: ErrorCode[] = def.body ? ['request.too_large', 'request.unsupported_type'] : []
  const byActor: ErrorCode[] = def.can === 'public' ? [] : ['auth.required', 'auth.forbidden']
  const byChange: ErrorCode[] = def.method === 'GET' ? [] : ['request.forged']
  const byKey: ErrorCode[] =
    def.idempotency === 'key'
      ? ['request.idempotency_key_missing', 'request.idempotency_mismatch', 'request.in_progress']
      : []
  const implied = [...byInput, ...byBody, ...byActor, ...byChange, ...byKey, ...byAll]
  return [...new Set([...def.errors, ...implied])]
}

/** Turns TypeBox schemas into JSON; an object with a title is stored once and referred to. */
function plainer(components: Components): Plain {
  const plain: Plain = schema => {
    if (Array.isArray(schema)) return schema.map(plain)
    if (typeof schema !== 'object' || schema === null) return isScalar(schema) ? schema : null
    const entries = Object.entries(schema).map(([key, value]): [string, Json] => [
      key,
      plain(value),
    ])
    const object = Object.fromEntries(entries)
    return typeof object.title === 'string' && object.type === 'object'
      ? referTo(object.title, object)
      : object
  }
  const referTo = (title: string, schema: JsonObject): JsonObject => {
    const other = components.get(title)
    if (other && JSON.stringify(other) !== JSON.stringify(schema))
      throw new Error(`two different schemas are called ${title}`)
    components.set(title, schema)
    return { $ref: `#/components/schemas/${title}` }
  }
  return plain
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)
