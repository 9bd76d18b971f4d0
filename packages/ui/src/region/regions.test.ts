import { expect, test } from 'vitest'
import { citiesOf, countiesOf, provinces } from './regions.ts'

test('the country opens province by province, city by city', () => {
  expect(provinces()).toHaveLength(34)
  expect(citiesOf('330000').map(city => city.name)).toContain('杭州市')
  expect(citiesOf('110000')).toEqual([{ code: '110100', name: '北京市' }])
  expect(countiesOf('330106')).toContainEqual({ code: '330106', name: '西湖区' })
})
