/** Which columns are about people, by the list that ships. */
import { loadPersonalData } from '../../../src/catalog/personal-data.ts';
import { projectRoot } from '../../../src/platform/config.ts';

const isPersonal = loadPersonalData(projectRoot());

test.each([
  'Name',
  'recipient',
  'Recipient Name',
  'ship_to_name',
  'Ship To - Address 1',
  'Email',
  'ReceiverPhone*',
  'Company',
  'Address Line 1',
  'Customer - Email',
  '收件人',
  '*收件联系人名',
  '姓名',
  '电话',
  '街道地址1',
  '收件邮箱',
  '公司名称',
  'buyer_name',
  'Contact Person',
  'Full address with ZIP',
  'sender',
])('%s is dropped', (header) => {
  expect(isPersonal(header)).toBe(true);
});

test.each([
  'Batch',
  'warehouse_name',
  'Item Name',
  'channel',
  'ship_to_country',
  '收件邮编',
  '收件国家',
  'recipient_zip',
  'Tracking Status',
  'SKU',
  '渠道',
  'cost_code',
  'product_name',
])('%s is kept', (header) => {
  expect(isPersonal(header)).toBe(false);
});
