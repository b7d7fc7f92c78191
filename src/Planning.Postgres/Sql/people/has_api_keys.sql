select exists (select from planning.api_key)
