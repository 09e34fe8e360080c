import { ResponseError, valuesXml } from './fault.ts';
import { leaf, tag } from './xml.ts';

const failure = (operation: string, error: ResponseError, whenEmpty: string): string =>
  tag(
    `m:${operation}ResponseMessage`,
    { ResponseClass: 'Error' },
    leaf('m:MessageText', error.message),
    leaf('m:ResponseCode', error.code),
    leaf('m:DescriptiveLinkKey', 0),
    Object.keys(error.values).length === 0 ? '' : tag('m:MessageXml', {}, valuesXml(error.values)),
    whenEmpty,
  );

const success = (operation: string, content: string): string =>
  tag(`m:${operation}ResponseMessage`, { ResponseClass: 'Success' }, leaf('m:ResponseCode', 'NoError'), content);

/**
 * The response messages of an operation, one for each thing asked for; what one of them is refused for does not
 * concern the others.
 * @param whenEmpty what Exchange puts into a failed message beside the error
 */
export function responseMessages<T>(
  operation: string,
  asked: readonly T[],
  answer: (one: T) => string,
  whenEmpty = '',
): string {
  const messages = asked.map((one) => {
    try {
      return success(operation, answer(one));
    } catch (error) {
      if (error instanceof ResponseError) return failure(operation, error, whenEmpty);
      throw error;
    }
  });
  return tag('m:ResponseMessages', {}, ...messages);
}
