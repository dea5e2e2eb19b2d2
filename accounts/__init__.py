"""How staff sign in: passwords and the brake on guessing them, the second factor, the session.

password → lockout (django-axes) → pending sign-in → code (django-otp) → signed-in session
"""
