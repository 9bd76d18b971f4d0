import type { Address } from '@kaibo/contract/people/account'
import { expect, test } from 'vitest'
import { addressText, firstAddress } from './model.ts'

const address = (id: string, isDefault = false): Address => ({
  id,
  name: '小林',
  phone: '13800000001',
  regionCode: '330106',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  detail: '龙井路 1 号',
  isDefault,
})

test('checkout begins with the default address, else with the first', () => {
  expect(firstAddress([address('a'), address('b', true)])?.id).toBe('b')
  expect(firstAddress([address('a'), address('b')])?.id).toBe('a')
  expect(firstAddress([])).toBeUndefined()
  expect(firstAddress(undefined)).toBeUndefined()
})

test('an address reads without gaps, and a municipality once', () => {
  expect(addressText(address('a'))).toBe('浙江省 杭州市 西湖区 龙井路 1 号')
  const capital = { ...address('a'), province: '北京市', city: '北京市', district: '' }
  expect(addressText(capital)).toBe('北京市 龙井路 1 号')
})
