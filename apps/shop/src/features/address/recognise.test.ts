import { expect, test } from 'vitest'
import { recognise } from './recognise.ts'

test.each([
  ['张三 13800138000 浙江省杭州市西湖区文三路 478 号', '330106', '文三路 478 号'],
  ['张三，138 0013 8000，浙江杭州西湖文三路 478 号', '330106', '文三路 478 号'],
  [
    '浙江省 杭州市 西湖区 文三路 478 号 1 幢 张三 +86 138-0013-8000',
    '330106',
    '文三路 478 号 1 幢',
  ],
  [
    '收货人：张三\n手机号码：13800138000\n所在地区：北京市朝阳区\n详细地址：建国路 1 号',
    '110105',
    '建国路 1 号',
  ],
  ['北京北京市朝阳区建国路 1 号 张三 13800138000', '110105', '建国路 1 号'],
  ['张三 13800138000 杭州市西湖区文三路 478 号', '330106', '文三路 478 号'],
  ['张三 13800138000 湖北省仙桃市沔州大道 2 号', '429004', '沔州大道 2 号'],
  ['张三 13800138000 内蒙古呼和浩特市新城区成吉思汗大街 3 号', '150102', '成吉思汗大街 3 号'],
])('%s', (text, regionCode, detail) => {
  expect(recognise(text)).toEqual({ name: '张三', phone: '13800138000', regionCode, detail })
})

test('what cannot be read is left to the person', () => {
  expect(recognise('John 13800138000 somewhere')).toEqual({
    name: 'John',
    phone: '13800138000',
    detail: 'somewhere',
  })
  expect(recognise('')).toEqual({})
})
