import type { Sample } from './catalogue.ts'

export type Labelled = {
  kind: 'plain' | 'synonym' | 'pinyin' | 'initials' | 'slip' | 'latin' | 'combined'
  text: string
  /** What the shopper wants to see. */
  wants(sample: Sample): boolean
}

type Wanted = { kind?: string; brand?: string; audience?: string; device?: string }

const labelled = (kind: Labelled['kind'], lines: readonly (readonly [string, Wanted])[]) =>
  lines.map(
    ([text, wanted]): Labelled => ({
      kind,
      text,
      wants: sample =>
        (wanted.kind === undefined || sample.kind === wanted.kind) &&
        (wanted.brand === undefined || sample.brand === wanted.brand) &&
        (wanted.audience === undefined || sample.audience === wanted.audience) &&
        (wanted.device === undefined || sample.device === wanted.device),
    }),
  )

const kind = (text: string, wanted: string): readonly [string, Wanted] => [text, { kind: wanted }]

/** What shoppers type, and what they mean by it. */
export const queries: readonly Labelled[] = [
  ...labelled('plain', [
    kind('运动鞋', '运动鞋'),
    kind('手机壳', '手机壳'),
    kind('羽绒服', '羽绒服'),
    kind('电饭煲', '电饭煲'),
    kind('保温杯', '保温杯'),
    kind('四件套', '四件套'),
    kind('螺蛳粉', '螺蛳粉'),
    kind('猫粮', '猫粮'),
    kind('行车记录仪', '行车记录仪'),
    kind('T恤', 'T恤'),
    kind('運動鞋', '运动鞋'),
    kind('Ｔ恤', 'T恤'),
  ]),
  ...labelled('synonym', [
    kind('球鞋', '运动鞋'),
    kind('手机套', '手机壳'),
    kind('移动电源', '充电宝'),
    kind('尿不湿', '纸尿裤'),
    kind('奇异果', '猕猴桃'),
    kind('樱桃', '车厘子'),
    kind('旅行箱', '行李箱'),
    kind('洁面乳', '洗面奶'),
    kind('电饭锅', '电饭煲'),
    kind('唇膏', '口红'),
    kind('sneakers', '运动鞋'),
    kind('抽纸', '纸巾'),
  ]),
  ...labelled('pinyin', [
    kind('yundongxie', '运动鞋'),
    kind('shoujike', '手机壳'),
    kind('baowenbei', '保温杯'),
    kind('kouhong', '口红'),
    kind('xingli xiang', '行李箱'),
    kind('lanyaerji', '蓝牙耳机'),
    kind('maoliang', '猫粮'),
    kind('yujiadian', '瑜伽垫'),
    kind('naiping', '奶瓶'),
    kind('chongdianbao', '充电宝'),
  ]),
  ...labelled('initials', [
    kind('ydx', '运动鞋'),
    kind('sjk', '手机壳'),
    kind('cdb', '充电宝'),
    kind('bwb', '保温杯'),
    kind('xlx', '行李箱'),
    kind('lyej', '蓝牙耳机'),
  ]),
  ...labelled('slip', [
    kind('运东鞋', '运动鞋'),
    kind('手机克', '手机壳'),
    kind('宝温杯', '保温杯'),
    kind('冲电宝', '充电宝'),
    kind('于绒服', '羽绒服'),
    kind('兰牙耳机', '蓝牙耳机'),
    kind('行里箱', '行李箱'),
    kind('洗衣夜', '洗衣液'),
    kind('电泛煲', '电饭煲'),
    kind('罗丝粉', '螺蛳粉'),
    kind('连医裙', '连衣裙'),
    kind('牛仔库', '牛仔裤'),
    kind('yundonxie', '运动鞋'),
    kind('soujike', '手机壳'),
    kind('yundogxie', '运动鞋'),
    kind('koouhong', '口红'),
    kind('congdianbao', '充电宝'),
  ]),
  ...labelled('latin', [
    ['iPhone15 手机壳', { kind: '手机壳', device: 'iPhone15' }],
    ['typec数据线', { kind: '数据线', device: 'TypeC' }],
    ['norvik 背包', { kind: '双肩包', brand: 'Norvik' }],
    ['Lumora台灯', { kind: '台灯', brand: 'Lumora' }],
    ['norvk 双肩包', { kind: '双肩包', brand: 'Norvik' }],
    ['iphnoe16pro保护壳', { kind: '手机壳', device: 'iPhone16Pro' }],
  ]),
  ...labelled('combined', [
    ['山栖运动鞋', { kind: '运动鞋', brand: '山栖' }],
    ['木澜 茶具', { kind: '茶具', brand: '木澜' }],
    ['青鹿羽绒服女', { kind: '羽绒服', brand: '青鹿', audience: '女' }],
    ['儿童书包', { kind: '双肩包', audience: '儿童' }],
    ['男士运动鞋', { kind: '运动鞋', audience: '男' }],
    ['半夏里 洗面奶', { kind: '洗面奶', brand: '半夏里' }],
    ['qinglu 跑鞋', { kind: '运动鞋', brand: '青鹿' }],
    ['小岛日记笔记本', { kind: '笔记本', brand: '小岛日记' }],
    ['情侣睡衣', { kind: '睡衣', audience: '情侣' }],
    ['学生书包', { kind: '双肩包', audience: '学生' }],
    ['见山绿茶', { kind: '绿茶', brand: '见山' }],
    ['川行拉杆箱', { kind: '行李箱', brand: '川行' }],
  ]),
]
