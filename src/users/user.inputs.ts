// What people say of themselves.
import { Field, InputType } from '@nestjs/graphql';

@InputType()
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: '1 to 64 characters. Absent or null: stays as it is.' })
  displayName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'An https address without a name or password in it, of up to 2,048 characters. Absent: stays as it is. Null: none.',
  })
  avatarUrl?: string | null;
}
