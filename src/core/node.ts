// The interface of everything that has an id.
import { Field, ID, InterfaceType } from '@nestjs/graphql';

@InterfaceType({ description: 'Something with an id. Ids are raw UUIDv7. They do not give an order: `seq` does.' })
export abstract class Node {
  @Field(() => ID)
  id!: string;
}
