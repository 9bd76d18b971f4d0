import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { liveCheck } from './live-check.ts'

const at = (url: string) => readConfig({ KAIBO_PUBLIC_URL: url })
const found = async (url: string, kind: string, streams: ReadonlySet<string> | null) => {
  const { findings } = await liveCheck(at(url), { kind, onAir: async () => streams })
  return findings.map(({ check, subject }) => [check, subject])
}
const https = 'https://shop.example'
const answers = 'the provider of the picture answers'
const reaches = 'callbacks of the provider can come'

test('a provider that answers, and can reach us, is in order', async () => {
  expect(await found(https, 'tencent', new Set([newId()]))).toEqual([])
  expect(await found('http://10.0.0.1:8080', 'srs', new Set())).toEqual([])
})

test('a provider that does not answer is named, and so is a shop that it cannot reach safely', async () => {
  expect(await found(https, 'aliyun', null)).toEqual([[answers, 'aliyun']])
  expect(await found('http://shop.example', 'livekit', new Set())).toEqual([[reaches, 'livekit']])
})

test('the embedded media process, which ends with its server, is not asked', async () => {
  expect(await found('', 'embedded', null)).toEqual([])
})
