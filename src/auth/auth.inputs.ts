// What signing up and in take, and what an account is changed by.
import { Field, InputType } from '@nestjs/graphql';

@InputType()
export class SignUpInput {
  @Field({ description: '3 to 32 of a-z, 0-9, "_", "." and "-", folded to lower case. Unique: else CONFLICT.' })
  username!: string;

  @Field({ description: '8 to 256 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: '1 to 64 characters. Default: the username as it was typed.' })
  displayName?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'This account is for a program: everyone sees `bot: true` of it, for ever. Default: false.',
  })
  bot?: boolean | null;
}

@InputType()
export class SignInInput {
  @Field()
  username!: string;

  @Field()
  password!: string;
}

@InputType()
export class ChangePasswordInput {
  @Field({ description: 'Wrong ones are counted with those of signIn.' })
  currentPassword!: string;

  @Field({ description: '8 to 256 characters.' })
  newPassword!: string;
}
