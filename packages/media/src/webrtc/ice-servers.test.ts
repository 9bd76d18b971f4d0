import { expect, test } from 'vitest'
import { iceServersAt, writeIceLinks } from './ice-servers.ts'
import { readIceUrls, readPublicAddress, readUdpPorts } from './settings.ts'

const urls = ['stun:stun.example:3478', 'turn:turn.example:3478?transport=udp']

test('a TURN server that shares our secret takes names that expire', () => {
  // The HMAC-SHA1 of the name with the secret, as `openssl dgst -sha1 -hmac north` prints it.
  const settings = { urls, turnUsername: '', turnSecret: 'north' }
  expect(iceServersAt(settings, 1_700_000_000)).toEqual([
    { urls: ['stun:stun.example:3478'] },
    {
      urls: ['turn:turn.example:3478?transport=udp'],
      username: '1700043200:kaibo',
      credential: '/kFvJ7URV0mttTRKumgZARhT7MY=',
    },
  ])
})

test('a fixed name goes with its password, and a Link header tells the same', () => {
  const servers = iceServersAt({ urls, turnUsername: 'shop', turnSecret: 'pass' }, 0)
  expect(writeIceLinks(servers)).toBe(
    '<stun:stun.example:3478>; rel="ice-server", ' +
      '<turn:turn.example:3478?transport=udp>; rel="ice-server"; username="shop"; credential="pass"; credential-type="password"',
  )
  expect(writeIceLinks([])).toBeUndefined()
})

test('settings that make no sense are refused by name', () => {
  expect(readUdpPorts('', 'PORTS')).toBeUndefined()
  expect(readUdpPorts('50000-50199', 'PORTS')).toEqual([50_000, 50_199])
  for (const text of ['50000', '50199-50000', '80-90', '50000-70000', 'a-b']) {
    expect(() => readUdpPorts(text, 'PORTS')).toThrow('PORTS must be a range')
  }
  expect(readPublicAddress('203.0.113.7', 'ADDRESS')).toBe('203.0.113.7')
  expect(() => readPublicAddress('shop.example', 'ADDRESS')).toThrow('ADDRESS must be an IP')
  expect(readIceUrls(' stun:a:1 ,turns:b', 'URLS')).toEqual(['stun:a:1', 'turns:b'])
  expect(() => readIceUrls('http://a', 'URLS')).toThrow('URLS must hold')
  expect(() => readIceUrls('stun:a"; x', 'URLS')).toThrow('URLS must hold')
})
