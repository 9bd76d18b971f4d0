import { expect, test } from 'vitest'
import { describeConfig, isPrivate, readConfig } from './config.ts'

test('nothing has to be set', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 8080,
    RTMP_PORT: 1935,
    KAIBO_DEMO: true,
    KAIBO_ROLES: ['api', 'realtime', 'worker', 'media'],
    DATABASE_URL: '',
  })
})

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a port number from 1 to 65535, but is "eighty".'],
  [{ PORT: '0' }, 'PORT must be a port number'],
  [{ PORT: '8000', RTMP_PORT: '8000' }, 'must be three different ports'],
  [{ KAIBO_ROLES: 'api,cook' }, 'KAIBO_ROLES knows api, realtime, worker, media, but not "cook".'],
  [{ KAIBO_DEMO: 'yes' }, 'KAIBO_DEMO must be 0 or 1'],
  [{ NODE_ENV: 'prod' }, 'NODE_ENV must be one of development, production, test'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres://'],
  [{ KAIBO_PUBLIC_URL: 'shop.example' }, 'KAIBO_PUBLIC_URL must be http(s)://host[:port]'],
  [{ KAIBO_PUBLIC_URL: 'https://shop.example/kaibo' }, 'KAIBO_PUBLIC_URL must be http(s)://host'],
  [{ KAIBO_REDIS_URL: 'localhost:6379' }, 'KAIBO_REDIS_URL must begin with redis://'],
  [{ KAIBO_FANOUT: 'redis' }, 'KAIBO_FANOUT=redis needs KAIBO_REDIS_URL.'],
  [{ KAIBO_TRUST_PROXY: '10.0.0.1, nginx' }, 'addresses or subnets, but holds "nginx"'],
  [{ KAIBO_TRUST_PROXY: '10.0.0.0/99' }, 'KAIBO_TRUST_PROXY must be addresses or subnets'],
  [{ KAIBO_PAY_WINDOW_SEC: '1' }, 'KAIBO_PAY_WINDOW_SEC must be whole seconds from 5 to 86400'],
])('%j is refused with a sentence', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence)
})

test('proxies are addresses and subnets', () => {
  const { KAIBO_TRUST_PROXY } = readConfig({ KAIBO_TRUST_PROXY: '10.0.0.1, 192.168.0.0/16,::1' })
  expect(KAIBO_TRUST_PROXY).toEqual(['10.0.0.1', '192.168.0.0/16', '::1'])
})

test('what is shown of the settings holds no secret', () => {
  const shown = JSON.stringify(
    describeConfig(
      readConfig({
        DATABASE_URL: 'postgres://kaibo:pa55@db.example/kaibo',
        KAIBO_METRICS_TOKEN: 't0ken',
        KAIBO_REDIS_URL: 'redis://:pa55@redis.example/0',
      }),
    ),
  )
  expect(shown).toContain('postgres://kaibo:***@db.example/kaibo')
  expect(shown).not.toMatch(/pa55|t0ken/)
})

test.each([
  [{}, true],
  [{ KAIBO_PUBLIC_URL: 'http://127.0.0.1:8080' }, true],
  [{ KAIBO_PUBLIC_URL: 'http://192.168.1.5:8080' }, false],
  [{ KAIBO_PUBLIC_URL: 'https://shop.example' }, false],
])('a site with %j is for this machine alone: %s', (env, expected) => {
  expect(isPrivate(readConfig(env))).toBe(expected)
})
